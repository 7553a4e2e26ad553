using System.CommandLine;
using Stagedoor.Host.CommandLine.Parsing;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine.Commands;

/// <summary><c>completion</c>: scripts that let a shell complete commands, options and values.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # Completion of stagedoor in bash: source <(stagedoor completion bash)
        _stagedoor() {
            local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}" candidate
            COMPREPLY=()
            while IFS= read -r candidate; do
                [[ -n "$candidate" && "$candidate" == "$word"* ]] && COMPREPLY+=("$candidate")
            done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
        }
        complete -o bashdefault -o default -F _stagedoor stagedoor
        """;

    private const string Zsh = """
        #compdef stagedoor
        # Completion of stagedoor in zsh: source <(stagedoor completion zsh)
        _stagedoor() {
            local line="${(j: :)words[1,CURRENT]}"
            local -a candidates
            candidates=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
            candidates=(${candidates:#})
            if (( ${#candidates} )); then
                compadd -a candidates
            else
                _files
            fi
        }
        if [[ "${funcstack[1]}" == "_stagedoor" ]]; then
            _stagedoor "$@"
        else
            compdef _stagedoor stagedoor
        fi
        """;

    private const string Fish = """
        # Completion of stagedoor in fish: stagedoor completion fish | source
        function __stagedoor_complete
            set -l line (commandline -cp)
            stagedoor "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c stagedoor -a '(__stagedoor_complete)'
        """;

    public static PortalCommand Create(Terminal terminal)
    {
        var command = new PortalCommand("completion", "Print a script that lets a shell complete commands.", PortalCommand.Here)
        {
            Examples =
            [
                new("source <(stagedoor completion bash)", "In ~/.bashrc"),
                new("source <(stagedoor completion zsh)", "In ~/.zshrc, after compinit"),
                new("stagedoor completion fish > ~/.config/fish/completions/stagedoor.fish", "Once"),
            ],
        };
        foreach (var (shell, script) in new[] { ("bash", Bash), ("zsh", Zsh), ("fish", Fish) })
        {
            var sub = new PortalCommand(shell, $"The script for {shell}.");
            sub.SetAction(_ =>
            {
                terminal.Out.WriteLine(script);
                return ExitCode.Ok;
            });
            command.Add(sub);
        }

        return command;
    }
}
