"""`python -m benchmarks [NAME ...]`."""

if __name__ == "__main__":
    # Imported late: the processes that benchmarks start read this file too and need little of the rest.
    from benchmarks.cli import main

    main()
