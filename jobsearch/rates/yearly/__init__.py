"""What an employer has agreed or chosen for a year of payment."""
