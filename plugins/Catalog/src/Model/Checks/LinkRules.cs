using Stagedoor.Catalog.Model.Documents;

namespace Stagedoor.Catalog.Model.Checks;

/// <summary>The links of an entity.</summary>
internal static class LinkRules
{
    public static void Check(Node value, Complaints complaints)
    {
        if (value is not ListNode links)
        {
            complaints.Refuse(value.Line, "metadata.links", $"is {Shown.Of(value)}; a list of links is allowed, each with a url");
            return;
        }

        for (var i = 0; i < links.Items.Count; i++)
        {
            var field = $"metadata.links[{i}]";
            if (links.Items[i] is not MapNode link)
            {
                complaints.Refuse(links.Items[i].Line, field, $"is {Shown.Of(links.Items[i])}; an object with a url is allowed");
                continue;
            }

            Url($"{field}.url", link.Find("url"), link.Line, complaints);
            foreach (var name in (ReadOnlySpan<string>)["title", "icon", "type"])
            {
                if (link.Find(name) is { } text)
                {
                    MetadataRules.Text($"{field}.{name}", text, mayBeEmpty: false, complaints);
                }
            }
        }
    }

    private static void Url(string field, Node? url, int line, Complaints complaints)
    {
        if (url?.Text is not { } text)
        {
            complaints.Refuse(url?.Line ?? line, field, url is null ? "is missing" : $"is {Shown.Of(url)}; an address is allowed");
        }
        else if (SafeAddress.IsScript(text))
        {
            complaints.Warn(url.Line, field, $"runs a script, so it is replaced by {SafeAddress.Instead}");
        }
        else if (!SafeAddress.IsAbsolute(text, out var address))
        {
            complaints.Refuse(url.Line, field, $"is '{Shown.Text(text)}'; an address with its scheme is allowed, such as https://example.org/page");
        }
        else if (address?.UserInfo.Length > 0 && address.Scheme is not "mailto")
        {
            // The value itself stays out of the message: it would be shown, and kept.
            complaints.Warn(url.Line, field, $"holds credentials for {address.Host}, which everybody can read who sees the entity. Remove them, and change the password");
        }
    }
}
