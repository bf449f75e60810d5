// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Base64} from "solady/utils/Base64.sol";
import {LibString} from "solady/utils/LibString.sol";

import {ITokenMetadata} from "./interfaces/ITokenMetadata.sol";
import {Day} from "./metadata/Day.sol";
import {Figures} from "./metadata/Figures.sol";
import {LicenseCard} from "./metadata/LicenseCard.sol";
import {Named} from "./metadata/Named.sol";
import {PhaseOf} from "./metadata/Phase.sol";
import {Standing, StandingOf} from "./metadata/Standing.sol";
import {Sheet, Template} from "./metadata/Template.sol";
import {TwinCard} from "./metadata/TwinCard.sol";
import {Authority} from "./types/Consent.sol";
import {License} from "./types/License.sol";

/// @title What wallets show of twins and licenses
contract TokenMetadata is ITokenMetadata {
    using LibString for address;
    using LibString for string;
    using LibString for uint256;

    string private constant TWIN = '{"name":"Digital twin ~","description":"The ownership of the digital replica of a '
        "person, by that person's own signed consent. Not for sale: it grants licenses, which its owner signs one by one "
        'or by a rate card. What is allowed is the owner\'s standing policy, read at each grant.",'
        '"image":"data:image/svg+xml;base64,~","attributes":[{"trait_type":"State","value":"~"},'
        '{"trait_type":"Twin","value":"~"},{"trait_type":"Owner","value":"~"},~~~'
        '{"trait_type":"Owner keeps at least","value":"~"},' '{"display_type":"number","trait_type":"Epoch","value":~},'
        '{"display_type":"number","trait_type":"Nonce","value":~},'
        '{"display_type":"number","trait_type":"Least serial","value":~}]}';

    string private constant LICENSE = '{"name":"License ~","description":"A license to publish images of a digital '
        "twin in these uses and markets, for a time. Live once it has started, while it has not ended and is paid "
        "through. Not transferable. Days are UTC, and through a day includes that day: the last one is that of the "
        "second before the end. As numbers, Start is the first licensed second, End and Paid through are the first "
        'seconds no longer licensed or paid. Amounts are in the smallest unit of the currency of its terms.",'
        '"image":"data:image/svg+xml;base64,~","attributes":[{"trait_type":"State","value":"~"},'
        '{"trait_type":"State at","value":"~"},{"trait_type":"License","value":"~"},'
        '{"trait_type":"Licensee","value":"~"},{"trait_type":"First day","value":"~"},'
        '{"trait_type":"Last day","value":"~"},{"trait_type":"Last paid day","value":"~"},'
        '{"display_type":"date","trait_type":"Start","value":~},{"display_type":"date","trait_type":"End","value":~},'
        '{"display_type":"date","trait_type":"Paid through","value":~},~~{"trait_type":"Markets","value":"~"},'
        '{"trait_type":"Origin","value":"~"},{"trait_type":"Notice given","value":"~"},'
        '{"display_type":"number","trait_type":"Images left","value":~},'
        '{"display_type":"number","trait_type":"Usage batches","value":~},{"trait_type":"Usage head","value":"~"},'
        '{"trait_type":"Deposited","value":"~"},{"trait_type":"Collected","value":"~"}]}';

    // `put` returns the sheet it was handed, so that the next can follow.
    // slither-disable-start unused-return

    /// @inheritdoc ITokenMetadata
    function twinURI(uint256 twinId, Authority calldata authority, bool isRetired, address movingTo)
        external
        pure
        returns (string memory)
    {
        Standing standing = StandingOf.from(authority, isRetired, movingTo);
        Sheet memory sheet = Template.open(TWIN).put(Figures.short(twinId));
        sheet.put(Base64.encode(bytes(TwinCard.draw(twinId, authority, standing)))).put(standing.name());
        sheet.put(twinId.toHexString(32)).put(authority.owner.toHexStringChecksummed());
        sheet.put(movingTo == address(0) ? "" : _trait("Moving to", movingTo.toHexStringChecksummed()));
        sheet.put(_traits("Allowed use", Named.uses(authority.uses)));
        sheet.put(_traits("Allowed category", Named.categories(authority.categories)));
        sheet.put(Figures.percent(authority.leastOwnerBps));
        sheet.put(authority.epoch).put(authority.nonce).put(authority.leastSerial);
        return _uri(sheet);
    }

    /// @inheritdoc ITokenMetadata
    function licenseURI(uint256 licenseId, License calldata license) external view returns (string memory) {
        string[] memory markets = Named.markets(license.markets);
        string memory group = Named.marketGroup(license.markets);
        Sheet memory sheet = Template.open(LICENSE).put(Figures.short(licenseId));
        sheet.put(Base64.encode(bytes(LicenseCard.draw(licenseId, license, markets, block.timestamp))));
        sheet.put(PhaseOf.at(license, block.timestamp).name()).put(Day.minute(block.timestamp));
        sheet.put(licenseId.toHexString(32)).put(license.licensee.toHexStringChecksummed());
        sheet.put(Day.at(license.start)).put(Day.through(license.end)).put(Day.through(license.paidThrough));
        sheet.put(license.start).put(license.end).put(license.paidThrough);
        sheet.put(_traits("Use", Named.uses(license.uses)));
        sheet.put(bytes(group).length == 0 ? "" : _trait("Market group", group)).put(Named.joined(markets));
        sheet.put(license.isBooking ? "rate card" : "offer").put(license.isNoticed ? "yes" : "no");
        sheet.put(license.imagesLeft).put(license.batches).put(uint256(license.head).toHexString(32));
        sheet.put(license.deposited).put(license.collected);
        return _uri(sheet);
    }

    function _uri(Sheet memory sheet) private pure returns (string memory) {
        return string.concat("data:application/json;base64,", Base64.encode(bytes(sheet.text)));
    }

    /// @dev One trait for each value, each with a comma after it.
    function _traits(string memory kind, string[] memory values) private pure returns (string memory all) {
        for (uint256 i; i < values.length; ++i) {
            all = string.concat(all, _trait(kind, values[i]));
        }
    }

    function _trait(string memory kind, string memory value) private pure returns (string memory) {
        return Template.open('{"trait_type":"~","value":"~"},').put(kind).put(value.escapeJSON()).text;
    }

    // slither-disable-end unused-return
}
