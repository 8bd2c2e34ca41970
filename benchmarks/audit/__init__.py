"""What a reader's browser makes of the built site: ``make audit``."""
