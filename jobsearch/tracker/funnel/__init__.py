"""From actions to a job: replies, interviews, offers and jobs, by kind and by channel."""
