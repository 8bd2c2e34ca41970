"""The live server: a site that follows its files while one writes.

``watch`` says which files changed; ``build`` builds again in this process, the environment kept
in memory, and says when the changed pages are written and when all is; ``server`` hands the
output folder to browsers, with ``live.js`` put into each page on the way, and passes the news on.
What is in the output folder is what a clean build puts there.
"""
