"""Accounts: registering, proving who one is, changing what is known about oneself."""
