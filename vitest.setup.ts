// nx asks the tools it runs for colours. What a test starts writes to no terminal, and says what is compared by the letter.
delete process.env["FORCE_COLOR"];
