// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Base64} from "solady/utils/Base64.sol";
import {LibString} from "solady/utils/LibString.sol";

import {IRoyaltyStream} from "../../../contracts/interfaces/IRoyaltyStream.sol";
import {CATEGORIES, GROUP_MASKS, USES} from "../../../contracts/metadata/Words.sol";
import {Authority} from "../../../contracts/types/Consent.sol";
import {License} from "../../../contracts/types/License.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Desk} from "./Desk.sol";

/// @title What wallets show of every state of a twin and of a license
/// @dev A picture is long and read slowly, so these are tried less often than the other laws.
contract Metadata is Desk {
    using LibString for string;
    using LibString for uint256;

    // Twins

    /// forge-config: default.fuzz.runs = 32
    function testFuzz_law02_aTwinIsShownAsItStands(Authority memory authority, uint256 id, address to, bool isRetired)
        external
        view
    {
        authority.leastOwnerBps %= 10_001;
        string memory state = to != address(0)
            ? "move pending"
            : isRetired
                ? "retired"
                : authority.uses == 0 || authority.categories == 0 ? "grants nothing" : "open to licenses";
        string memory json = _json(metadata.twinURI(id, authority, isRetired, to));
        _shows(json, _trait("State", state));
        _shows(json, _trait("Twin", id.toHexString(32)));
        _shows(json, _trait("Owner", LibString.toHexStringChecksummed(authority.owner)));
        _shows(json, _number("Epoch", authority.epoch));
        _shows(json, _number("Nonce", authority.nonce));
        _shows(json, _number("Least serial", authority.leastSerial));
        if (to != address(0)) _shows(json, _trait("Moving to", LibString.toHexStringChecksummed(to)));
        else require(!json.contains("Moving to"), "it moves nowhere");
        _shows(_picture(json), string.concat(">", state, "</text>"));
        _showsWords(json, "Allowed use", authority.uses, USES.split("|"), "use_");
        _showsWords(json, "Allowed category", authority.categories, CATEGORIES.split("|"), "category_");
    }

    /// @dev Every bit of the set is shown once, by its word or its number, and no other.
    function _showsWords(
        string memory json,
        string memory kind,
        uint32 set,
        string[] memory words,
        string memory prefix
    ) private pure {
        uint256 shown;
        for (uint256 bit; bit < 32; ++bit) {
            bool isKnown = bit < words.length && bytes(words[bit]).length != 0;
            string memory word = isKnown ? words[bit] : string.concat(prefix, bit.toString());
            bool isShown = json.contains(_trait(kind, word));
            require(isShown == ((set >> bit) & 1 == 1), "another bit is shown");
            if (isShown) ++shown;
        }
        require(json.indicesOf(string.concat('{"trait_type":"', kind, '"')).length == shown, "one is shown twice");
    }

    function test_law04_aTwinThatLacksAUseOrACategoryGrantsNothing() external view {
        Authority memory authority;
        authority.uses = 1;
        _shows(_json(metadata.twinURI(1, authority, false, address(0))), _trait("State", "grants nothing"));
        (authority.uses, authority.categories) = (0, 1);
        _shows(_json(metadata.twinURI(1, authority, false, address(0))), _trait("State", "grants nothing"));
        authority.uses = 1;
        _shows(_json(metadata.twinURI(1, authority, false, address(0))), _trait("State", "open to licenses"));
    }

    function test_law04_aShareIsShownToTheBasisPoint() external view {
        Authority memory authority;
        uint16[4] memory bps = [0, 6000, 6005, 10_000];
        string[4] memory shown = ["0 %", "60 %", "60.05 %", "100 %"];
        for (uint256 i; i < 4; ++i) {
            authority.leastOwnerBps = bps[i];
            string memory json = _json(metadata.twinURI(1, authority, false, address(0)));
            _shows(json, _trait("Owner keeps at least", shown[i]));
            _shows(_picture(json), string.concat(">", shown[i], "</text>"));
        }
    }

    function test_law04_wordsThatDoNotFitAreCounted() external view {
        Authority memory authority;
        string memory none = _picture(_json(metadata.twinURI(1, authority, false, address(0))));
        _shows(none, '<text x="24" y="220">none</text>');
        _shows(none, "Allowed uses (0)");

        (authority.uses, authority.categories) = (type(uint32).max, 3);
        string memory all = _picture(_json(metadata.twinURI(1, authority, false, address(0))));
        _shows(all, "Allowed uses (32)");
        _shows(all, " more</text>");
        _shows(all, "retailers&#39; shops");
        _shows(all, '<text x="24" y="295">fashion, footwear</text>');
    }

    function test_law02_theTokenShowsTheTwin() external {
        string memory json = _json(twins.tokenURI(twinId));
        _shows(json, _trait("State", "open to licenses"));
        _proposeMove(otherModel);
        json = _json(twins.tokenURI(twinId));
        _shows(json, _trait("State", "move pending"));
        _shows(json, _trait("Moving to", LibString.toHexStringChecksummed(otherModel)));
        _dropMove();
        _retire();
        _shows(_json(twins.tokenURI(twinId)), _trait("State", "retired"));
    }

    // Licenses

    function _granted() private view returns (License memory license) {
        (license.licensee, license.start, license.end) = (hm, uint40(clock), uint40(clock + 10 days));
        (license.paidThrough, license.deposited, license.collected) = (license.end, FEE, 0);
        (license.uses, license.markets, license.imagesLeft) = (1, 1, QUOTA);
    }

    /// forge-config: default.fuzz.runs = 32
    function testFuzz_law07_aLicenseIsShownInItsPhase(License memory license, uint256 id, uint40 time) external {
        (license.start, license.end) = (license.start % 1e12, license.end % 1e12);
        (license.paidThrough, time) = (license.paidThrough % 1e12, time % 1e12);
        license.collected = uint96(license.collected % (uint256(license.deposited) + 1));
        _at(time);
        string memory state = license.isSettled
            ? "settled"
            : time >= license.end
                ? "ended"
                : time < license.start ? "not started" : time < license.paidThrough ? "live" : "unpaid";
        string memory json = _json(metadata.licenseURI(id, license));
        _shows(json, _trait("State", state));
        _shows(json, _trait("License", id.toHexString(32)));
        _shows(json, _trait("Licensee", LibString.toHexStringChecksummed(license.licensee)));
        _shows(json, _date("Start", license.start));
        _shows(json, _date("End", license.end));
        _shows(json, _date("Paid through", license.paidThrough));
        _shows(json, _trait("Origin", license.isBooking ? "rate card" : "offer"));
        _shows(json, _trait("Notice given", license.isNoticed ? "yes" : "no"));
        _shows(json, _number("Images left", license.imagesLeft));
        _shows(json, _number("Usage batches", license.batches));
        _shows(json, _trait("Usage head", uint256(license.head).toHexString(32)));
        _shows(json, _trait("Deposited", uint256(license.deposited).toString()));
        _shows(json, string.concat('{"trait_type":"Collected","value":"', uint256(license.collected).toString(), '"}]'));
        _showsWords(json, "Use", license.uses, USES.split("|"), "use_");
        string memory origin =
            license.isNoticed ? "notice given" : license.isBooking ? "from a rate card" : "from an offer";
        string memory picture = _picture(json);
        _shows(picture, string.concat(">", state, "</text>"));
        _shows(picture, string.concat(">", origin, "</text>"));
    }

    function test_law07_theDayThatMattersIsShown() external {
        License memory license = _granted();
        (license.start, license.end) = (uint40(DAWN + 10 days), uint40(DAWN + 20 days));
        license.paidThrough = license.end;
        _showsDay(license, DAWN, "2026-01-11", "Starts", "paid to the end");
        _showsDay(license, license.start, "2026-01-20", "Live through", "paid to the end");
        _showsDay(license, license.end, "2026-01-20", "Ended, last day", "paid to the end");
        license.paidThrough = uint40(DAWN + 15 days);
        _showsDay(license, license.start, "2026-01-15", "Live through", "paid through 2026-01-15");
        _showsDay(license, license.paidThrough, "2026-01-16", "Unpaid since", "paid through 2026-01-15");
        license.paidThrough = license.start;
        _showsDay(license, license.start, "2026-01-11", "Unpaid since", "nothing paid");
        license.isSettled = true;
        _showsDay(license, license.start, "2026-01-20", "Ended, last day", "nothing paid");
        license.end = license.start - 1;
        _showsDay(license, DAWN, "2026-01-10", "Never began", "paid to the end");
    }

    function _showsDay(License memory license, uint256 time, string memory day, string memory what, string memory paid)
        private
    {
        _at(time);
        string memory picture = _picture(_json(metadata.licenseURI(1, license)));
        _shows(picture, string.concat(">", day, "</text>"));
        _shows(picture, string.concat(">", what, "</text>"));
        _shows(picture, string.concat(">", paid, "</text>"));
    }

    function test_law07_theBarIsTintedAsFarAsPaidAndFullAsFarAsPassed() external {
        License memory license = _granted();
        license.paidThrough = uint40(clock + 5 days);
        _showsBar(license, DAWN, 151, 0, 24);
        _showsBar(license, DAWN + 2 days, 151, 60, 84);
        _showsBar(license, DAWN + 8 days, 151, 151, 265);
        _at(DAWN + 10 days);
        string memory picture = _picture(_json(metadata.licenseURI(1, license)));
        _shows(picture, '<rect x="24" y="146" width="151" height="8" rx="4"/>');
        require(!picture.contains('cy="150"'), "there is a now in what has ended");
    }

    function _showsBar(License memory license, uint256 time, uint256 paid, uint256 passed, uint256 dot) private {
        _at(time);
        string memory picture = _picture(_json(metadata.licenseURI(1, license)));
        string memory bar = '<rect x="24" y="146" width="';
        _shows(picture, string.concat(bar, paid.toString(), '" height="8" rx="4" fill-opacity=".32"/>'));
        _shows(picture, string.concat(bar, passed.toString(), '" height="8" rx="4"/>'));
        _shows(picture, string.concat('<circle cx="', dot.toString(), '" cy="150"'));
    }

    function test_law14_whatWasPaidOutIsShownOfTheDeposit() external view {
        License memory license = _granted();
        uint96[4] memory deposited = [0, FEE, FEE, FEE];
        uint96[4] memory collected = [0, 0, FEE - 1, FEE];
        string[4] memory shown =
            ["nothing deposited", "0 % of the deposit", "99 % of the deposit", "all of the deposit"];
        for (uint256 i; i < 4; ++i) {
            (license.deposited, license.collected) = (deposited[i], collected[i]);
            string memory picture = _picture(_json(metadata.licenseURI(1, license)));
            _shows(picture, string.concat(">", shown[i], "</text>"));
        }
    }

    function test_law06_theMinuteOfTheStateIsShown() external {
        _at(DAWN + 9 hours + 5 minutes + 59);
        _shows(_json(metadata.licenseURI(1, _granted())), _trait("State at", "2026-01-01 09:05 UTC"));
        _at(DAWN + 41 days + 23 hours + 59 minutes);
        _shows(_json(metadata.licenseURI(1, _granted())), _trait("State at", "2026-02-11 23:59 UTC"));
        License memory license;
        _shows(_json(metadata.licenseURI(1, license)), _trait("Last day", "1970-01-01"));
    }

    /// forge-config: default.fuzz.runs = 32
    function testFuzz_law08_everyMarketIsShownOrItsGroup(uint256 markets, uint256 group) external view {
        License memory license = _granted();
        bytes memory masks = GROUP_MASKS;
        bytes32 mask;
        uint256 at = 32 * (group % (masks.length / 32));
        assembly {
            mask := mload(add(add(masks, 0x20), at))
        }
        license.markets = uint256(mask);
        _shows(_json(metadata.licenseURI(1, license)), '{"trait_type":"Market group","value":"');

        // Markets beyond the list have numbers, and no group has one.
        license.markets = markets | (1 << 255);
        string memory json = _json(metadata.licenseURI(1, license));
        _shows(json, 'market_255"}');
        require(!json.contains("Market group"), "it is a group");
        license.markets = 0;
        _shows(_json(metadata.licenseURI(1, license)), _trait("Markets", ""));
    }

    function test_law05_theTokenShowsTheLicense() external {
        Terms memory terms = _terms();
        _accept(terms, COMMITTED);
        string memory json = _json(licenses.tokenURI(_id(terms)));
        _shows(json, _trait("State", "live"));
        _at(clock + 1 days);
        _shows(_json(licenses.tokenURI(_id(terms))), _trait("State", "unpaid"));
        terms.scope.ref = "unknown";
        uint256 id = _id(terms);
        _refused(IRoyaltyStream.LicenseUnknown.selector, id);
        licenses.tokenURI(id);
    }

    // Reading

    function _json(string memory uri) private pure returns (string memory) {
        string memory kind = "data:application/json;base64,";
        require(uri.startsWith(kind), "it is no JSON");
        return string(Base64.decode(uri.slice(bytes(kind).length)));
    }

    function _picture(string memory json) private pure returns (string memory) {
        string memory kind = "data:image/svg+xml;base64,";
        uint256 from = json.indexOf(kind) + bytes(kind).length;
        return string(Base64.decode(json.slice(from, json.indexOf('"', from))));
    }

    function _trait(string memory kind, string memory value) private pure returns (string memory) {
        return string.concat('{"trait_type":"', kind, '","value":"', value, '"}');
    }

    function _number(string memory kind, uint256 value) private pure returns (string memory) {
        return string.concat('{"display_type":"number","trait_type":"', kind, '","value":', value.toString(), "}");
    }

    function _date(string memory kind, uint256 value) private pure returns (string memory) {
        return string.concat('{"display_type":"date","trait_type":"', kind, '","value":', value.toString(), "}");
    }

    function _shows(string memory text, string memory part) private pure {
        require(text.contains(part), string.concat("not shown: ", part));
    }
}
