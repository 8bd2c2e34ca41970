"""What can be told of a site's posts without building it: one rule a function, all of them pure."""
