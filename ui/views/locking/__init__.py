"""Dialogs of locked studies: the passphrase, another one, the recovery sheet, how far it is."""
