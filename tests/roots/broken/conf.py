"""A site in which nearly everything is wrong once."""

project = "broken"
blog_baseurl = "https://blog.example/"
tsuzuri_former_urls = ["https://old.example/blog/{slug}/"]
suppress_warnings = ["tsuzuri.future-date"]
