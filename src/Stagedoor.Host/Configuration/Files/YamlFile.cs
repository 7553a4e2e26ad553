using System.Text;

namespace Stagedoor.Host.Configuration.Files;

/// <summary>Opens a configuration file and reads it into settings, or says why it cannot.</summary>
internal static class YamlFile
{
    private const long MaxBytes = 5 * 1024 * 1024;

    /// <summary>What a file says; nothing if it cannot be read at all, which is then among the findings.</summary>
    public static MapNode? Read(string path, string name, IReadOnlyDictionary<string, string> variables, List<Finding> findings)
    {
        var whole = Origin.In(new ConfigurationFile(path, name, []), 0, 0);
        var (text, problem) = Open(path, MaxBytes, "5 MB");
        if (text is null)
        {
            findings.Add(new Finding("", whole, $"The configuration file {name} {problem}") { Help = "Check the path given by --config, or leave the option out." });
            return null;
        }

        var file = new ConfigurationFile(path, name, text.ReplaceLineEndings("\n").Split('\n'));
        return new YamlReader(file, variables, findings).Read(text);
    }

    /// <summary>The text of a file, or the rest of a sentence that begins with its name.</summary>
    public static (string? Text, string? Problem) Open(string path, long maxBytes, string maxInWords)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return (null, "is a directory.");
            }

            using var stream = File.OpenRead(path);
            if (stream.CanSeek && stream.Length > maxBytes)
            {
                return (null, $"is larger than {maxInWords}.");
            }

            using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return (reader.ReadToEnd(), null);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "does not exist.");
        }
        catch (UnauthorizedAccessException)
        {
            return (null, "may not be read by this user. Grant read permission on it.");
        }
        catch (DecoderFallbackException)
        {
            return (null, "is not text in UTF-8. Save it in that encoding.");
        }
        catch (IOException problem)
        {
            return (null, $"cannot be read: {problem.Message}");
        }
    }
}
