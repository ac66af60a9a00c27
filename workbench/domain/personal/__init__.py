"""What tells who somebody really is: by the head of a column, by the look of a value.

The one room that decides it for tables that come in; whoever else looks for e-mail addresses, phone
numbers or names by their form asks here as well.
"""

from workbench.domain.personal.columns import kind_of
from workbench.domain.personal.inside import contacts, contacts_in, holds_contact, may_hold
from workbench.domain.personal.kinds import Contact, Kind
from workbench.domain.personal.looks import look

__all__ = [
    "Contact",
    "Kind",
    "contacts",
    "contacts_in",
    "holds_contact",
    "kind_of",
    "look",
    "may_hold",
]
