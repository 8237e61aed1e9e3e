"""Reading workbooks as companies send them: the file is checked before it is opened, and nothing in it is executed."""
