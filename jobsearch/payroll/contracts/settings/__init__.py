"""What an employer's contracts say beside the pay: dated, for all people alike."""
