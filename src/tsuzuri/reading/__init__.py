"""Text to doctree: front matter, our Markdown rules, headings, images."""
