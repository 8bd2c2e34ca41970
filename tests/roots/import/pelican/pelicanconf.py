SITEURL = "https://pelican.example"
ARTICLE_URL = "{date:%Y}/{slug}.html"
