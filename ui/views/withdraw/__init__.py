"""“Withdraw…”: every place a person is in, what is to go, and the certificate."""
