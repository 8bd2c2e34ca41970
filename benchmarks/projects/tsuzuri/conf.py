project = "速さを測る"
author = "測る人"
language = "ja"
extensions = ["tsuzuri"]
html_theme = "sphinx_book_theme"
html_title = blog_title = project
html_baseurl = blog_baseurl = "https://blog.example/"
tsuzuri_social_cards = False
