using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.After;

/// <summary>Items of lists that begin with a box, empty or ticked.</summary>
internal static class TaskLists
{
    public static void Apply(Document document, TaskListOptions options)
    {
        foreach (var list in document.Root.All())
        {
            if (!list.HasChildren) continue;
            foreach (var item in list.Children.Where(child => child.Tag == "li"))
            {
                var holder = item.Text.Length > 0 ? item : item.HasChildren && item.Children[0].Tag == "p" ? item.Children[0] : null;
                if (holder is null || Read(holder.Text) is not { } box) continue;
                holder.Text = document.Keep(Box(box.Ticked, options)) + holder.Text[box.Length..];
                item["class"] = Join(item.Class, "task-list-item");
                if (!list.Class.Split(' ').Contains("task-list", StringComparer.Ordinal)) list["class"] = Join(list.Class, "task-list");
            }
        }
    }

    private static string Join(string classes, string name) => classes.Length > 0 ? $"{classes} {name}" : name;

    private static (bool Ticked, int Length)? Read(string text)
    {
        var i = 0;
        while (i < text.Length && text[i] == ' ') i++;
        if (i + 3 >= text.Length || text[i] != '[' || text[i + 1] is not ('x' or 'X' or ' ') || text[i + 2] != ']' || text[i + 3] != ' ') return null;
        var ticked = text[i + 1] != ' ';
        for (i += 3; i < text.Length && text[i] == ' ';) i++;
        return (ticked, i);
    }

    private static string Box(bool ticked, TaskListOptions options)
    {
        var input = $"<input type=\"checkbox\" disabled{(ticked ? " checked" : "")}/>";
        return options.Custom ? $"<label class=\"task-list-control\">{input}<span class=\"task-list-indicator\"></span></label> " : input + " ";
    }
}
