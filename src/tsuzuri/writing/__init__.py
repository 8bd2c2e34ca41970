"""Post to what a reader gets: pages, lists, feeds, search, images."""
