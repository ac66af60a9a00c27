"""The research desk without a window: domain, storage, services and the command line."""

__version__ = "0.1.0"
