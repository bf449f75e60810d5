// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibString} from "solady/utils/LibString.sol";

import {License} from "../types/License.sol";
import {Day} from "./Day.sol";
import {Figures} from "./Figures.sol";
import {Lines} from "./Lines.sol";
import {Named} from "./Named.sol";
import {Phase, PhaseOf} from "./Phase.sol";
import {Sheet, Template} from "./Template.sol";

/// @title The picture of a license
/// @dev Attributes only, no style sheet, nothing loaded: any renderer draws it, in the fonts of its system.
library LicenseCard {
    using Lines for string[];
    using LibString for uint256;

    /// @dev How long the bar of the term is.
    uint256 private constant BAR = 302;

    string private constant CARD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 350 440" width="350" '
        'height="440" role="img" font-family="system-ui,-apple-system,Segoe UI,Roboto,Helvetica Neue,Arial,sans-serif" '
        'font-size="13" fill="#2a2724"><title>License of a digital twin, ~ on ~</title>'
        '<rect x=".5" y=".5" width="349" height="439" rx="22" fill="#fbfaf7" stroke="#e4dfd5"/>'
        '<circle cx="34" cy="40" r="9" fill="hsl(~,42%,62%)"/><circle cx="45" cy="40" r="9" fill="hsl(~,45%,55%)" '
        'fill-opacity=".28" stroke="hsl(~,42%,45%)"/>'
        '<rect x="~" y="28" width="~" height="24" rx="12" fill="~"/><g fill="~"><text x="~" y="44" '
        'text-anchor="middle" font-size="11" font-weight="600">~</text>'
        '<rect x="24" y="146" width="302" height="8" rx="4" fill="#e6e1d7"/>'
        '<rect x="24" y="146" width="~" height="8" rx="4" fill-opacity=".32"/>'
        '<rect x="24" y="146" width="~" height="8" rx="4"/></g>~'
        '<path d="M24 208.5h302M24 395.5h302" stroke="#e9e5dc"/>'
        '<text x="23" y="126" font-size="33" font-weight="600" letter-spacing="-.5" fill="#1c1a18">~</text>'
        '<g font-size="11" fill="#857e73"><text x="64" y="36" font-weight="600" letter-spacing="1.6">LICENSE</text>'
        '<text x="24" y="92">~</text><text x="24" y="193">~</text><text x="24" y="229">Uses (~)</text>'
        '<text x="24" y="302">Markets (~)</text><text x="24" y="359">Images left</text><text x="188" y="359">Paid out'
        '</text><text x="24" y="418">licensee</text><g text-anchor="end"><text x="326" y="193">now ~</text>'
        '<text x="326" y="418">~</text></g><g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" '
        'fill="#625d55"><text x="64" y="52">~</text><text x="76" y="418">~</text></g></g>'
        '<text x="24" y="175">from ~</text><text x="326" y="175" text-anchor="end">through ~</text>~~'
        '<text x="24" y="377">~</text><text x="188" y="377">~</text></svg>';

    // `put` returns the sheet it was handed, so that the next can follow.
    // slither-disable-start unused-return

    function draw(uint256 licenseId, License calldata license, string[] memory markets, uint256 time)
        internal
        pure
        returns (string memory)
    {
        Phase phase = PhaseOf.at(license, time);
        Sheet memory sheet = Template.open(CARD).put(phase.name()).put(Day.at(time));
        uint256 hue = licenseId % 360;
        sheet.put(hue).put((hue + 40) % 360).put((hue + 40) % 360);
        _putState(sheet, license, phase, time);
        _putDay(sheet, license, phase);
        sheet.put(_paid(license));
        _putGranted(sheet, licenseId, license, markets, time);
        return sheet.text;
    }

    /// @dev The state, and the term as a bar: what is paid is tinted, what of it has passed is full, a dot is now.
    function _putState(Sheet memory sheet, License calldata license, Phase phase, uint256 time) private pure {
        string memory state = phase.name();
        (string memory ink, string memory paper) = phase.colours();
        uint256 width = 7 * bytes(state).length + 22;
        uint256 paid = _place(license, license.paidThrough);
        uint256 passed = _place(license, time);

        sheet.put(326 - width).put(width).put(paper).put(ink).put(326 - width / 2).put(state);
        sheet.put(paid).put(_min(paid, passed));
        if (phase != Phase.Live && phase != Phase.Unpaid) {
            sheet.put("");
        } else {
            sheet.put(
                Template.open('<circle cx="~" cy="150" r="6" fill="#fff" stroke="~" stroke-width="2.5"/>')
                .put(24 + passed)
                .put(ink)
                .text
            );
        }
    }

    /// @dev The one day that matters now, and what it is.
    function _putDay(Sheet memory sheet, License calldata license, Phase phase) private pure {
        if (license.end <= license.start) sheet.put(Day.at(license.end)).put("Never began");
        else if (phase == Phase.NotStarted) sheet.put(Day.at(license.start)).put("Starts");
        else if (phase == Phase.Unpaid) sheet.put(Day.at(license.paidThrough)).put("Unpaid since");
        else if (phase != Phase.Live) sheet.put(Day.through(license.end)).put("Ended, last day");
        else sheet.put(Day.through(_min(license.end, license.paidThrough))).put("Live through");
    }

    function _putGranted(
        Sheet memory sheet,
        uint256 licenseId,
        License calldata license,
        string[] memory markets,
        uint256 time
    ) private pure {
        string[] memory uses = Named.uses(license.uses);
        string memory group = Named.marketGroup(license.markets);
        sheet.put(uses.length).put(markets.length).put(Day.at(time));
        sheet.put(license.isNoticed ? "notice given" : license.isBooking ? "from a rate card" : "from an offer");
        sheet.put(Figures.short(licenseId)).put(Figures.short(license.licensee));
        sheet.put(Day.at(license.start)).put(Day.through(license.end)).put(uses.drawn(247, 3));
        if (bytes(group).length != 0) {
            markets = new string[](1);
            markets[0] = group;
        }
        sheet.put(markets.drawn(320, 2)).put(license.imagesLeft).put(_paidOut(license));
    }

    function _paidOut(License calldata license) private pure returns (string memory) {
        if (license.deposited == 0) return "nothing deposited";
        if (license.collected >= license.deposited) return "all of the deposit";
        return string.concat((uint256(license.collected) * 100 / license.deposited).toString(), " % of the deposit");
    }

    function _paid(License calldata license) private pure returns (string memory) {
        if (license.paidThrough >= license.end) return "paid to the end";
        if (license.paidThrough <= license.start) return "nothing paid";
        return string.concat("paid through ", Day.through(license.paidThrough));
    }

    /// @dev How far along the bar a second is.
    function _place(License calldata license, uint256 time) private pure returns (uint256) {
        if (time <= license.start || license.end <= license.start) return 0;
        if (time >= license.end) return BAR;
        return BAR * (time - license.start) / (license.end - license.start);
    }

    function _min(uint256 one, uint256 other) private pure returns (uint256) {
        return one < other ? one : other;
    }

    // slither-disable-end unused-return
}
