"""Addresses as messengers, mails and chats leave them: what was meant, and what to say of it."""
