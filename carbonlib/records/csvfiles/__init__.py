"""CSV files of many companies, as analysts and suppliers keep them."""
