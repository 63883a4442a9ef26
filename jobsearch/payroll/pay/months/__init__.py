"""What each month of payment brought a person, and what it does to her benefit: estimates."""
