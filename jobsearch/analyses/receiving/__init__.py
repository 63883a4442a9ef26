"""The way to what was sent: a link in the message, and a code to the address of the permission."""
