"""The coach's desk: replay, agreement between raters, exchange and reports of kept calls."""
