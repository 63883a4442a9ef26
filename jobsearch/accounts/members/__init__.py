"""Who belongs to an organisation in which role: invitations, changes of role, and leaving."""
