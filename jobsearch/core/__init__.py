"""The kernel: money, time, access, encryption and the database manners; it knows no feature."""
