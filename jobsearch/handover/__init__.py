"""Work that goes to another before somebody leaves or takes another role."""
