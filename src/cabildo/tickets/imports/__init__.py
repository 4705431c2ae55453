"""Reading the spreadsheets of other sources: the mapping, the file, each row, and what is said of them."""
