"""The site: values only. See docs/reference/settings.md for what else can be set."""

import os

project = "綴り"
author = "tsuzuri の開発者"
copyright = "2026, tsuzuri の開発者"
language = "ja"

extensions = ["tsuzuri", "sphinx.ext.intersphinx"]
include_patterns = ["index.md", "about.md", "posts/**", "docs/**"]

intersphinx_mapping = {
    "python": ("https://docs.python.org/ja/3", "inventories/python.inv"),
    "numpy": ("https://numpy.org/doc/stable", "inventories/numpy.inv"),
}
numfig = True
tsuzuri_chart_folder = "_charts"
tsuzuri_ruby = True

blog_title = "綴り"
blog_feed_subtitle = "発表された数字を読み、手元で計算して確かめる技術ブログ。"
blog_baseurl = os.environ.get(
    "READTHEDOCS_CANONICAL_URL", "https://tsuzuri.readthedocs.io/ja/latest/"
)

html_extra_path = ["docs/reference/front-matter.schema.json"]
html_theme = "sphinx_book_theme"
html_title = blog_title
html_baseurl = blog_baseurl
html_theme_options = {
    "show_toc_level": 2,
}
