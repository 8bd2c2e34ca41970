"""Feeds: Atom, JSON Feed and RSS, for the site and for each of its lists."""
