"""Wordings of messages: the house's own and an organisation's, with safe placeholders."""
