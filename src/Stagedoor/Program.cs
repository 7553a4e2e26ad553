return await Stagedoor.Host.Portal.Run(args, Stagedoor.FirstParty.Plugins);
