"""What tests of several layers share."""

from tests.support.demo import demo

__all__ = ["demo"]
