namespace Stagedoor.Data.Migrations;

/// <summary>A statement of a migration, with the line it begins on.</summary>
internal sealed record Statement(string Sql, int Line, IReadOnlyList<string> Words);

/// <summary>
/// Cuts the text of a migration into statements, aware of quotes, comments, dollar quotes and the bodies of triggers.
/// The words of a statement are its tokens without comments and literals.
/// </summary>
internal sealed class SqlText
{
    private readonly string _text;
    private readonly List<Statement> _statements = [];
    private readonly List<string> _words = [];
    private int _at;
    private int _start = -1;
    private int _depth;

    private SqlText(string text) => _text = text;

    private bool IsTrigger => _words.Take(4).Any(word => word.Equals("trigger", StringComparison.OrdinalIgnoreCase))
        && _words[0].Equals("create", StringComparison.OrdinalIgnoreCase);

    public static IReadOnlyList<Statement> Split(string text) => new SqlText(text).Split();

    private List<Statement> Split()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (Comment() || char.IsWhiteSpace(c))
            {
                _at += char.IsWhiteSpace(c) && _at < _text.Length ? 1 : 0;
                continue;
            }

            if (c == ';' && _depth == 0)
            {
                End();
                _at++;
                continue;
            }

            _start = _start < 0 ? _at : _start;
            Token(c);
        }

        End();
        return _statements;
    }

    private bool Comment()
    {
        var rest = _text.AsSpan(_at);
        if (rest.StartsWith("--"))
        {
            var end = rest.IndexOf('\n');
            _at = end < 0 ? _text.Length : _at + end;
            return true;
        }

        if (rest.StartsWith("/*"))
        {
            var end = rest.IndexOf("*/", StringComparison.Ordinal);
            _at = end < 0 ? _text.Length : _at + end + 2;
            return true;
        }

        return false;
    }

    private void Token(char c)
    {
        if (c == '\'')
        {
            Quoted('\'');
            _words.Add("''");
        }
        else if (c is '"' or '`' or '[')
        {
            var from = _at;
            Quoted(c == '[' ? ']' : c);
            _words.Add(_text[(from + 1)..Math.Max(from + 1, _at - 1)]);
        }
        else if (c == '$' && Dollar() is { } tag)
        {
            var end = _text.IndexOf(tag, _at + tag.Length, StringComparison.Ordinal);
            _at = end < 0 ? _text.Length : end + tag.Length;
            _words.Add("''");
        }
        else if (char.IsLetterOrDigit(c) || c == '_')
        {
            Word();
        }
        else
        {
            _words.Add(c.ToString());
            _at++;
        }
    }

    private void Quoted(char end)
    {
        _at++;
        while (_at < _text.Length)
        {
            if (_text[_at] != end)
            {
                _at++;
            }
            else if (_at + 1 < _text.Length && _text[_at + 1] == end)
            {
                _at += 2;
            }
            else
            {
                _at++;
                return;
            }
        }
    }

    private string? Dollar()
    {
        var end = _at + 1;
        while (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] == '_'))
        {
            end++;
        }

        return end < _text.Length && _text[end] == '$' ? _text[_at..(end + 1)] : null;
    }

    private void Word()
    {
        var from = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '$'))
        {
            _at++;
        }

        var word = _text[from.._at];
        _words.Add(word);
        if (IsTrigger)
        {
            _depth += word.ToUpperInvariant() switch
            {
                "BEGIN" or "CASE" => 1,
                "END" => -1,
                _ => 0,
            };
        }
    }

    private void End()
    {
        if (_start >= 0)
        {
            var line = 1 + _text.AsSpan(0, _start).Count('\n');
            _statements.Add(new Statement(_text[_start.._at].TrimEnd(), line, [.. _words]));
        }

        _words.Clear();
        _start = -1;
        _depth = 0;
    }
}
