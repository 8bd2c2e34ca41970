SITENAME = "速さを測る"
AUTHOR = "測る人"
SITEURL = "https://blog.example"
PATH = "content"
OUTPUT_PATH = "output"
TIMEZONE = "Asia/Tokyo"
DEFAULT_LANG = "ja"
DEFAULT_PAGINATION = 20
STATIC_PATHS = ["images"]
SLUGIFY_SOURCE = "basename"
FEED_ALL_ATOM = "feeds/all.atom.xml"
IGNORE_FILES = [
    "__pycache__"
]  # the usual ones leave out what lies in a hidden folder, as this does
