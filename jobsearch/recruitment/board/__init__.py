"""The funnel as a board: counts, conversion and age per stage, and the rows behind them."""
