"""The parts of ``tsuzuri fetch``."""
