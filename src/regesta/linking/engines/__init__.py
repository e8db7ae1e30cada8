"""What runs the stages of text reuse: DuckDB, or Apache Spark."""
