"""The participant's own pages: her day and her weeks."""
