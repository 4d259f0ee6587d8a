"""The course for those who write and review it: a page in the browser, and a book to print."""
