"""The board of a programme: steps, reasons, one breakdown, and the rows that were asked for."""
