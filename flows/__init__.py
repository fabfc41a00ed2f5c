"""What happens to the news: collected, assessed, replayed, kept up; one room a stage."""
