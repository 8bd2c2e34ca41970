project = "速さを測る"
author = "測る人"
language = "ja"
extensions = ["myst_parser", "ablog"]
myst_enable_extensions = ["dollarmath", "linkify"]
html_theme = "sphinx_book_theme"
html_title = blog_title = project
blog_baseurl = "https://blog.example/"
blog_post_pattern = "posts/*.md"
post_date_format = "%Y-%m-%d"
