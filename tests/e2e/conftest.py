"""What the tests of the whole way share."""

from tests.support.demo import demo

__all__ = ["demo"]
