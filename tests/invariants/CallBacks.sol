// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRoyaltyStream} from "../../contracts/interfaces/IRoyaltyStream.sol";
import {Reentrant} from "../../contracts/mocks/Reentrant.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "./Digests.sol";
import {EndingDeeds} from "./EndingDeeds.sol";
import {Deed} from "./World.sol";

/// @title A currency that pays out some license in the middle of a payment
abstract contract CallBacks is EndingDeeds {
    /// @dev `inner` is the license whose pay-out is armed.
    struct Call {
        bool isArmed;
        uint256 inner;
    }

    function _arm(address at, uint96 amount) internal returns (Call memory armed) {
        if (_currency(at).kind != Kind.Calling || amount == 0 || heldList.length == 0 || _chance(4)) return armed;
        armed = Call(true, _roll(heldList.length));
        Terms memory terms = heldList[armed.inner].terms;
        bytes memory call = abi.encodeCall(licenses.payOut, (Digests.hash(terms.scope), terms.pay, terms.shares));
        Reentrant(at).arm(address(licenses), call);
    }

    /// @dev What leaves in the middle of a payment is missing from what arrives.
    function _refusalByCall(Call memory armed, address at, uint96 amount) internal view returns (bytes memory) {
        if (!armed.isArmed) return "";
        Held storage held = heldList[armed.inner];
        if (held.terms.pay.currency != at || held.isSettled) return "";
        uint96 total = _earned(held, _now());
        uint256 sent = _now() >= held.end ? _deposited(held) - total : 0;
        if (total > held.collected) {
            sent += total - held.collected;
            if (_isMoving(twinList[held.twin])) {
                uint256 last = held.terms.shares.length;
                sent -= _parts(held.terms.shares, total)[last] - _parts(held.terms.shares, held.collected)[last];
            }
        }
        if (sent == 0) return "";
        uint256 arrived = amount > sent ? amount - sent : 0;
        return abi.encodeWithSelector(IRoyaltyStream.PaymentInexact.selector, at, amount, arrived);
    }

    /// @dev After the deed: what the armed call did, if the deed was not undone with it.
    function _disarm(Call memory armed, address at, bool isDone) internal {
        if (!armed.isArmed) return;
        Reentrant(at).arm(address(0), "");
        if (!isDone) return;
        ++done[Deed.CallBack];
        if (!heldList[armed.inner].isSettled) _payOut(heldList[armed.inner]);
    }

    function _payOut(Held storage held) internal {
        uint96 total = _earned(held, _now());
        if (_now() < held.end) _distribute(held, total, 0);
        else _settle(held, total);
    }
}
