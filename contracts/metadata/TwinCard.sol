// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Authority} from "../types/Consent.sol";
import {Figures} from "./Figures.sol";
import {Lines} from "./Lines.sol";
import {Named} from "./Named.sol";
import {Standing} from "./Standing.sol";
import {Sheet, Template} from "./Template.sol";

/// @title The picture of a twin
/// @dev Attributes only, no style sheet, nothing loaded: any renderer draws it, in the fonts of its system.
library TwinCard {
    using Lines for string[];

    string private constant CARD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 350 440" width="350" '
        'height="440" role="img" font-family="system-ui,-apple-system,Segoe UI,Roboto,Helvetica Neue,Arial,sans-serif" '
        'font-size="13" fill="#2a2724"><title>Digital twin, ~</title>'
        '<rect x=".5" y=".5" width="349" height="439" rx="22" fill="#fbfaf7" stroke="#e4dfd5"/>'
        '<rect x="24" y="70" width="302" height="108" rx="14" fill="hsl(~,32%,93%)"/>'
        '<circle cx="152" cy="124" r="36" fill="hsl(~,42%,62%)"/><g fill="hsl(~,45%,55%)" fill-opacity=".28" '
        'stroke="hsl(~,42%,45%)"><circle cx="198" cy="124" r="36"/><circle cx="198" cy="124" r="28" fill="none" '
        'stroke-opacity=".5"/><circle cx="198" cy="124" r="20" fill="none" stroke-opacity=".3"/></g>'
        '<rect x="~" y="28" width="~" height="24" rx="12" fill="~"/><text x="~" y="44" fill="~" '
        'text-anchor="middle" font-size="11" font-weight="600">~</text><path d="M24 395.5h302" stroke="#e9e5dc"/>'
        '<g font-size="11" fill="#857e73"><text x="24" y="36" font-weight="600" letter-spacing="1.6">DIGITAL TWIN</text>'
        '<text x="24" y="202">Allowed uses (~)</text><text x="24" y="277">Allowed categories (~)</text>'
        '<text x="24" y="354">Owner keeps at least</text><text x="188" y="354">Epoch of signatures</text>'
        '<text x="24" y="418">owner</text><text x="326" y="418" text-anchor="end">not for sale</text>'
        '<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" fill="#625d55"><text x="24" y="52">~'
        '</text><text x="76" y="418">~</text></g></g>~~<text x="24" y="372">~</text><text x="188" y="372">~</text>'
        "</svg>";

    // `put` returns the sheet it was handed, so that the next can follow.
    // slither-disable-start unused-return

    function draw(uint256 twinId, Authority calldata authority, Standing standing)
        internal
        pure
        returns (string memory)
    {
        string memory state = standing.name();
        (string memory ink, string memory paper) = standing.colours();
        string[] memory uses = Named.uses(authority.uses);
        string[] memory categories = Named.categories(authority.categories);
        uint256 width = 7 * bytes(state).length + 22;
        Sheet memory sheet = Template.open(CARD).put(state);
        uint256 hue = twinId % 360;
        sheet.put((hue + 20) % 360).put(hue).put((hue + 40) % 360).put((hue + 40) % 360);
        sheet.put(326 - width).put(width).put(paper);
        sheet.put(326 - width / 2).put(ink).put(state);
        sheet.put(uses.length).put(categories.length);
        sheet.put(Figures.short(twinId)).put(Figures.short(authority.owner));
        sheet.put(uses.drawn(220, 3)).put(categories.drawn(295, 3));
        return sheet.put(Figures.percent(authority.leastOwnerBps)).put(authority.epoch).text;
    }

    // slither-disable-end unused-return
}
