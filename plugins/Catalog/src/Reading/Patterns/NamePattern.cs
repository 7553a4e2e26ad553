namespace Stagedoor.Catalog.Reading.Patterns;

/// <summary>Matches one name against one part of a glob, in time that grows with their lengths and not with their powers.</summary>
internal static class NamePattern
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (!pattern.ContainsAny("*?["))
        {
            return pattern.SequenceEqual(name);
        }

        if (name.Length > 0 && name[0] == '.' && pattern[0] != '.')
        {
            return false;
        }

        int at = 0, next = 0, star = -1, starTook = 0;
        while (next < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                starTook = next;
            }
            else if (at < pattern.Length && MatchesOne(pattern[at..], name[next], out var used))
            {
                at += used;
                next++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                next = ++starTook;
            }
            else
            {
                return false;
            }
        }

        while (at < pattern.Length && pattern[at] == '*')
        {
            at++;
        }

        return at == pattern.Length;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, char c, out int used)
    {
        used = 1;
        if (pattern[0] == '?')
        {
            return true;
        }

        var close = pattern[0] == '[' && pattern.Length > 2 ? pattern[2..].IndexOf(']') + 2 : -1;
        if (close < 2)
        {
            return pattern[0] == c;
        }

        used = close + 1;
        var inside = pattern[1..close];
        var negated = inside[0] is '!' or '^' && inside.Length > 1;
        return IsIn(negated ? inside[1..] : inside, c) != negated;
    }

    private static bool IsIn(ReadOnlySpan<char> inside, char c)
    {
        for (var i = 0; i < inside.Length; i++)
        {
            if (i + 2 < inside.Length && inside[i + 1] == '-')
            {
                if (c >= inside[i] && c <= inside[i + 2])
                {
                    return true;
                }

                i += 2;
            }
            else if (inside[i] == c)
            {
                return true;
            }
        }

        return false;
    }
}
