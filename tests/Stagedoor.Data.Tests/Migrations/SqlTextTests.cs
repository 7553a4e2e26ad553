using Stagedoor.Data.Migrations;

namespace Stagedoor.Data.Tests.Migrations;

public sealed class SqlTextTests
{
    [Fact]
    public void Statements_end_at_semicolons_that_are_not_in_quotes_comments_or_bodies()
    {
        const string text =
            """
            -- first; remark
            insert into a values ('x;y', 'it''s;', "q;r");
            /* second; */ create trigger t after insert on a begin
              update a set b = case when b = 1 then 2 else 3 end;
              delete from a;
            end;
            create function f() returns int as $body$ begin return 1; end; $body$ language plpgsql;

            select [a;b] from c
            """;

        var statements = SqlText.Split(text);

        statements.Select(statement => statement.Line).ShouldBe([2, 3, 7, 9]);
        statements[0].Sql.ShouldBe("""insert into a values ('x;y', 'it''s;', "q;r")""");
        statements[1].Sql.ShouldEndWith("end");
        statements[2].Sql.ShouldEndWith("plpgsql");
        statements[3].Words.ShouldBe(["select", "a;b", "from", "c"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n-- only a remark")]
    [InlineData(";;/* unfinished")]
    public void Nothing_is_no_statement(string text) => SqlText.Split(text).ShouldBeEmpty();

    [Theory]
    [InlineData("insert into a values ('unfinished")]
    [InlineData("create function f() as $x$ unfinished")]
    public void What_is_not_closed_goes_to_the_end(string text) => SqlText.Split(text).Single().Sql.ShouldBe(text);
}
